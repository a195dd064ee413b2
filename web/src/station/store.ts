import { openDB, type DBSchema } from "idb";

/** Something done on the phone that the server does not have yet. */
export interface Act {
  /** Made on the phone; the server keeps what comes twice under one key once. */
  key: string;
  /** Whose it is: somebody else who signs in on this phone does not send it. */
  person: string;
  /** What it is called on the screen. */
  name: string;
  /** Where it goes. */
  action: string;
  /** The form's fields, the recording among them. */
  fields: [string, string | File][];
  /** When it was done. */
  doneAt: string;
  /** Why the server would not take it. */
  fault?: string;
}

interface Kept extends DBSchema {
  acts: { key: string; value: Act };
}

const kept = openDB<Kept>("loa-station", 1, {
  upgrade: (database) => {
    database.createObjectStore("acts", { keyPath: "key" });
  },
});

/** What waits, in the order it was done. */
export async function waiting(person: string): Promise<Act[]> {
  const all = await (await kept).getAll("acts");
  return all.filter((act) => act.person === person).sort((one, other) => one.doneAt.localeCompare(other.doneAt));
}

export async function keep(act: Act): Promise<void> {
  await (await kept).put("acts", act);
}

export async function forget(key: string): Promise<void> {
  await (await kept).delete("acts", key);
}
