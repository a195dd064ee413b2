// `loa doctor --rehearse --json`: the whole chain with the real parts, and the contract of its answer.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const loa = resolve(fileURLToPath(import.meta.url), "../../target/release/loa");

test("the rehearsal holds from the plan to the report", () => {
  const run = spawnSync(loa, ["doctor", "--rehearse", "--json"], { encoding: "utf8", timeout: 300_000 });
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const said = JSON.parse(run.stdout);
  assert.equal(said.ok, true);
  for (const step of said.steps) {
    assert.deepEqual(Object.keys(step), ["name", "ok", "ms", "detail"]);
    assert.equal(step.ok, true, step.name);
  }
  const names = said.steps.map((step) => step.name);
  for (const name of ["plan", "own-approval-refused", "portal", "forgery-refused", "plays-without-network", "receipt", "ledger", "coverage", "reports"]) {
    assert.ok(names.includes(name), `${name} is not rehearsed`);
  }
});
