// What journeys and measures ask of a server in the same way.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** Calls the API as somebody: a path, and for a POST what is sent. `loa` is the program, `data` the server's folder. */
export function caller(loa, url, data, login) {
  const made = spawnSync(loa, ["--data", data, "token", login], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`loa token: ${made.stderr}`);
  const authorization = `Bearer ${made.stdout.trim()}`;
  return async (path, body, more = {}) => {
    const headers = { authorization, "content-type": "application/json", ...more };
    const answer = await fetch(`${url}/api/v1${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const said = answer.status === 204 ? {} : await answer.json();
    return Object.assign(said, { etag: answer.headers.get("etag") });
  };
}

/** A story of a few seconds, written by one person and approved by another; `until` waits for its sound. */
export async function approvedStory(editor, approver, until) {
  const { clause, themes, unit } = await approver("/stories/2");
  const story = await editor("/stories", { title: "Thử loa", body: "Thử loa phường.", script: "", themes, clause, unit });
  await editor(`/stories/${story.id}/submission`, {}, { "if-match": story.etag });
  let seen;
  await until("its sound is made", async () => {
    seen = await approver(`/stories/${story.id}`);
    return seen.sound;
  });
  await approver(`/stories/${story.id}/approval`, { heard: true }, { "if-match": seen.etag });
  return story.id;
}

/** A port of this machine that nobody listens on. */
export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
