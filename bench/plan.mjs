// For each form of document (bench/plan/forms.mjs), Markdown's without a name in them:
// plan_ms, plan_docx_ms …: `loa plan read` of the real plan in that form, process included.
// plan_growth: time per byte of text of a made-up plan of 10 MB over one of 1 MB; 1 is linear.
// plan_memory_growth: the same with the memory it takes, without what the program takes for itself.
// plan_peak_mb: the most memory that the process held, at 10 MB.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figure, inScratch, progress } from "./measure.mjs";
import { clausesOf, madeUp, paragraphsOf } from "./plan/documents.mjs";
import { forms } from "./plan/forms.mjs";
import { found, peak, time } from "./plan/runs.mjs";

const MEGABYTE = 1e6;
const REAL = "examples/ha-nam/plan.md";

const made = [0.1, 1, 10].map((megabytes) => madeUp(megabytes * MEGABYTE));
const sizes = made.map((plan) => Buffer.byteLength(forms[0].write(plan)));

await inScratch(async (folder) => {
  for (const form of forms) {
    const named = (name) => (form.name ? `plan_${form.name}_${name}` : `plan_${name}`);
    const write = (name, plan) => {
      const file = join(folder, `${name}.${form.extension}`);
      writeFileSync(file, form.write(plan));
      return file;
    };

    progress(`the real plan as ${form.extension}, 21 times`);
    const real = form.name ? write("real", paragraphsOf(readFileSync(REAL, "utf8"))) : REAL;
    figure("plan", named("ms"), time(real, 21), "ms");

    const [small, middle, large] = made.map((plan, place) => write(`made-${place}`, plan));
    // What is not read costs nothing: a figure counts only if the whole document was.
    const [expected, read] = [clausesOf(made[1]), found(middle)];
    if (read !== expected) throw new Error(`${read} of ${expected} clauses are read from ${middle}`);
    progress(`plans of 1 and 10 MB as ${form.extension}, five times each`);
    const perByte = [time(middle, 5) / sizes[1], time(large, 5) / sizes[2]];
    figure("plan", named("growth"), perByte[1] / perByte[0], "ratio");

    progress(`the same for their memory`);
    const [own, some, most] = [await peak(small), await peak(middle), await peak(large)];
    const more = [(some - own) / (sizes[1] - sizes[0]), (most - own) / (sizes[2] - sizes[0])];
    figure("plan", named("memory_growth"), more[1] / more[0], "ratio");
    figure("plan", named("peak_mb"), most / MEGABYTE, "MB");
  }
});
