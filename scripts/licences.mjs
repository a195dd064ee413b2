// Every crate that Loa links stands under a licence of the list in deny.toml.
// cargo-deny says the same and more, and takes minutes to compile; this reads the same list in a second.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const list = readFileSync("deny.toml", "utf8").match(/^allow = \[([^\]]*)\]/m)[1];
const allowed = new Set([...list.matchAll(/"([^"]+)"/g)].map((found) => found[1]));

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version", "1"], { maxBuffer: 1 << 28 }),
);
const own = new Set(metadata.workspace_members);
const wrong = metadata.packages
  .filter((crate) => !own.has(crate.id) && !isAllowed(crate.license ?? ""))
  .map((crate) => `${crate.name} ${crate.version}: ${crate.license ?? `see ${crate.license_file}`}`);

if (wrong.length > 0) {
  console.error(`not under a licence of deny.toml:\n${wrong.join("\n")}`);
  process.exit(1);
}
console.log(`${metadata.packages.length - own.size} crates, all under licences of deny.toml`);

/** An SPDX expression (Annex D of the specification); '/' is how old crates write OR. */
function isAllowed(expression) {
  const tokens = expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const answer = either();
  return answer && at === tokens.length;

  function either() {
    let answer = both();
    while (tokens[at] === "OR") {
      at += 1;
      answer = both() || answer;
    }
    return answer;
  }
  function both() {
    let answer = one();
    while (tokens[at] === "AND") {
      at += 1;
      answer = one() && answer;
    }
    return answer;
  }
  function one() {
    if (tokens[at] === "(") {
      at += 1;
      const answer = either();
      at += 1;
      return answer;
    }
    let name = tokens[at++];
    if (tokens[at] === "WITH") {
      name += ` WITH ${tokens[at + 1]}`;
      at += 2;
    }
    return allowed.has(name);
  }
}
