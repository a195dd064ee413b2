import { type DBSchema, openDB } from "idb";
import type { Envelope } from "./air";

/** Who this screen is. */
export interface Identity {
  board: number;
  name: string;
  /** The server's key, pinned when the screen came in. */
  server: string;
  keys: CryptoKeyPair;
}

/** How often a notice was shown since its last receipt. */
export interface Count {
  delivery: number;
  sha256: string;
  version: number;
  startedAt: number;
  endedAt: number;
  /** On the screen, all showings together. */
  seconds: number;
  times: number;
  /** A receipt went before: the next one may wait. */
  told: boolean;
}

interface Kept extends DBSchema {
  state: { key: string; value: unknown };
  counts: { key: number; value: Count };
  receipts: { key: string; value: { id: string; envelope: Envelope } };
}

const kept = openDB<Kept>("loa-board", 1, {
  upgrade: (database) => {
    database.createObjectStore("state");
    database.createObjectStore("counts", { keyPath: "delivery" });
    database.createObjectStore("receipts", { keyPath: "id" });
  },
});

const get = async <T>(name: string): Promise<T | undefined> => (await (await kept).get("state", name)) as T | undefined;
const put = async (name: string, value: unknown): Promise<void> => void (await (await kept).put("state", value, name));

export const identity = (): Promise<Identity | undefined> => get<Identity>("identity");
export const envelope = (): Promise<Envelope | undefined> => get<Envelope>("envelope");
/** The highest version that was ever believed; it is kept before the manifest is. */
export const highest = async (): Promise<number> => (await get<number>("highest")) ?? 0;
/** The server's clock minus the machine's. */
export const offset = async (): Promise<number> => (await get<number>("offset")) ?? 0;
export const keepOffset = (ms: number): Promise<void> => put("offset", ms);

/** A screen that comes in anew keeps nothing of who it was. */
export async function begin(who: Identity): Promise<void> {
  const database = await kept;
  for (const store of ["state", "counts", "receipts"] as const) await database.clear(store);
  await put("identity", who);
}

export async function keepManifest(version: number, believed: Envelope): Promise<void> {
  await put("highest", version);
  await put("envelope", believed);
}

export const counts = async (): Promise<Count[]> => (await kept).getAll("counts");
export const count = async (delivery: number): Promise<Count | undefined> => (await kept).get("counts", delivery);
export const keepCount = async (one: Count): Promise<void> => void (await (await kept).put("counts", one));
export const dropCount = async (delivery: number): Promise<void> => (await kept).delete("counts", delivery);

/** A receipt takes the place of what it counts: both or neither. */
export async function keepReceipt(id: string, signed: Envelope, rest: Count): Promise<void> {
  const transaction = (await kept).transaction(["receipts", "counts"], "readwrite", { durability: "strict" });
  await Promise.all([
    transaction.objectStore("receipts").put({ id, envelope: signed }),
    transaction.objectStore("counts").put(rest),
    transaction.done,
  ]);
}

export async function receipts(most: number): Promise<{ id: string; envelope: Envelope }[]> {
  return (await kept).getAll("receipts", undefined, most);
}

export async function acknowledged(ids: string[]): Promise<void> {
  const transaction = (await kept).transaction("receipts", "readwrite");
  await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
}
