// Every dependency that a crate names is used in its sources, and every one that the workspace names is
// taken by a crate. It looks for the crate's path (`name::`, `use name`), so a name that only stands in a
// macro's output would be reported; there is none. Those under `package.metadata.loa.for-features` are named only
// to give programs and tests the same features.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps"], { maxBuffer: 1 << 26 }),
);
const unused = [];
const taken = new Set();
for (const crate of metadata.packages) {
  const folder = dirname(crate.manifest_path);
  const sources = rust(folder).map((file) => readFileSync(file, "utf8")).join("\n");
  for (const dependency of crate.dependencies) {
    taken.add(dependency.name);
    const path = (dependency.rename ?? dependency.name).replaceAll("-", "_");
    const used = new RegExp(`\\b${path}::|\\buse ${path}\\b|\\bextern crate ${path}\\b|#\\[${path}\\b`);
    if (crate.metadata?.loa?.["for-features"]?.includes(dependency.name)) continue;
    if (!used.test(sources)) unused.push(`${crate.name} does not use ${dependency.name}`);
  }
}
const section = readFileSync("Cargo.toml", "utf8").split(/^\[workspace\.dependencies\]$/m)[1].split(/^\[/m)[0];
for (const [, name] of section.matchAll(/^([\w-]+) *=/gm)) {
  if (!taken.has(name)) unused.push(`no crate takes ${name} from the workspace`);
}
if (unused.length > 0) {
  console.error(unused.join("\n"));
  process.exit(1);
}

function rust(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["target", "node_modules"].includes(entry.name) ? [] : rust(path);
    return entry.name.endsWith(".rs") ? [path] : [];
  });
}
