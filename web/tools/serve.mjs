import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** The policy that the product's pages are served under. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2" };

/** Answers one request out of `folder` under the product's policy. */
export function answer(folder, request, response) {
  const path = join(folder, normalize(new URL(request.url, "http://x").pathname));
  if (!existsSync(path) || !statSync(path).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "Content-Type": types[extname(path)] ?? "application/octet-stream",
    "Content-Security-Policy": POLICY,
  });
  createReadStream(path).pipe(response);
}

/** Serves `folder` on a free port under the product's policy; resolves to its address and a way to end it. */
export function serve(folder) {
  const server = createServer((request, response) => answer(folder, request, response));
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done({ address: `http://127.0.0.1:${server.address().port}`, end: () => server.close() }));
  });
}
