// What a first visit costs, by kind of page: fonts as they are (woff2 is compressed), CSS and JS by gzip -9.
// Exit 1 over 100 kB.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 100_000;
const manifest = JSON.parse(readFileSync("dist/manifest.json", "utf8"));
const read = (file) => readFileSync(`dist/${file}`);
const zipped = (file) => gzipSync(read(file), { level: 9 }).length;

function code(entry) {
  const { file, css = [], imports = [] } = manifest[entry];
  return [file, ...css].reduce((sum, name) => sum + zipped(name), 0) + imports.reduce((sum, name) => sum + code(name), 0);
}

function faces(entry, wanted) {
  const names = manifest[entry].assets.filter((name) => !name.includes("-latin-") && wanted.some((face) => name.startsWith(face)));
  return names.reduce((sum, name) => sum + read(name).length, 0);
}

const pages = [
  ["officers' page", "src/app.ts", ["be-vietnam-pro"]],
  ["document page", "src/app.ts", ["be-vietnam-pro", "noto-serif"]],
  ["portal page", "src/portal.ts", ["be-vietnam-pro", "noto-serif-600", "noto-serif-vietnamese-600"]],
];

let over = false;
for (const [name, entry, wanted] of pages) {
  const total = code(entry) + faces(entry, wanted);
  over ||= total > LIMIT_BYTES;
  console.log(`${name.padEnd(16)} ${(total / 1000).toFixed(1).padStart(6)} kB  (code ${(code(entry) / 1000).toFixed(1)}, fonts ${(faces(entry, wanted) / 1000).toFixed(1)})`);
}
process.exit(over ? 1 : 0);
