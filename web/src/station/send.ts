import { type Act, forget, keep, waiting } from "./store";

/** How sending went: all is there, some still waits, or somebody must sign in. */
export type Sent = "all" | "later" | "signed-out";

interface Who {
  person: number;
  csrf: string;
}

/** Sends what waits, one after the other, and one window at a time. Says how many were taken. */
export async function send(person: string): Promise<{ how: Sent; taken: number }> {
  return navigator.locks.request("loa-station", async () => {
    let taken = 0;
    for (const act of await waiting(person)) {
      if (act.fault) continue;
      const who = await whoIsIt();
      if (!who) return { how: "later", taken };
      if (String(who.person) !== person) return { how: "signed-out", taken };
      const how = await sendOne(act, who);
      if (how === "later") return { how, taken };
      if (how === "taken") taken += 1;
    }
    return { how: "all", taken };
  });
}

/** Who is signed in; nothing when the server cannot be reached. */
async function whoIsIt(): Promise<Who | null> {
  try {
    const answer = await fetch("/station/who", { headers: { accept: "application/json" } });
    if (answer.redirected || answer.status === 401 || answer.status === 403) return { person: 0, csrf: "" };
    return answer.ok ? ((await answer.json()) as Who) : null;
  } catch {
    return null;
  }
}

async function sendOne(act: Act, who: Who): Promise<"taken" | "refused" | "later"> {
  const fields: [string, string | File][] = [["csrf", who.csrf], ["key", act.key], ["done_at", act.doneAt], ...act.fields];
  const file = fields.some(([, value]) => value instanceof File);
  let answer: Response;
  try {
    answer = await fetch(act.action, { method: "POST", body: file ? form(fields) : new URLSearchParams(fields as [string, string][]) });
  } catch {
    return "later";
  }
  if (answer.ok) {
    await forget(act.key);
    return "taken";
  }
  // The server or something before it has a bad moment.
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return "later";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fault = page.querySelector(".error-summary li, main h1")?.textContent?.trim();
  await keep({ ...act, fault: fault || String(answer.status) });
  return "refused";
}

function form(fields: [string, string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}
