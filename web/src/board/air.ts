// What a board and its server say to each other (docs/air.md): envelopes, and requests that show who asks.

/** Bytes, and a signature over a label and exactly these bytes. */
export interface Envelope {
  key: string;
  payload: string;
  signature: string;
}

export interface Notice {
  delivery: number;
  link: string | null;
  sha256: string;
  since: string;
  text: string;
  title: string;
  unit: string;
  until: string;
}

export interface Manifest {
  board: number;
  issued_at: string;
  notices: Notice[];
  valid_until: string;
  version: number;
}

/** What was made of an envelope: what it says, or why it is not believed. */
export type Believed = { manifest: Manifest } | { reason: string };

const KIND = "Ed25519";
/** A manifest may be dated so far ahead of the board's time. */
const AHEAD_MS = 10 * 60_000;

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
const base64 = (buffer: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const unbase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const hex = (buffer: Iterable<number>): string => [...buffer].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const hash = async (data: BufferSource): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data)));

/** A key whose secret half never leaves this browser: not even this script can read it. */
export async function makeKeys(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(KIND, false, ["sign", "verify"])) as CryptoKeyPair;
}

/** A public key as it travels. */
export async function publicText(keys: CryptoKeyPair): Promise<string> {
  return base64(await crypto.subtle.exportKey("raw", keys.publicKey));
}

/** The statement of a board, signed. */
export async function sign(label: string, message: Record<string, string | number>, keys: CryptoKeyPair): Promise<Envelope> {
  const sorted = Object.entries(message).sort(([one], [other]) => (one < other ? -1 : 1));
  const payload = bytes(JSON.stringify(Object.fromEntries(sorted)));
  const raw = await crypto.subtle.exportKey("raw", keys.publicKey);
  const signature = await crypto.subtle.sign(KIND, keys.privateKey, joined(label, payload));
  return { key: (await hash(raw)).slice(0, 16), payload: base64(payload.buffer), signature: base64(signature) };
}

/** What a board is to show, believed only under the pinned key, for this board, not older than what it had. */
export async function believe(envelope: Envelope, server: string, board: number, last: number, now: number): Promise<Believed> {
  let manifest: Manifest;
  try {
    const raw = unbase64(server);
    if (envelope.key !== (await hash(raw)).slice(0, 16)) return { reason: "foreign_key" };
    const key = await crypto.subtle.importKey("raw", raw, KIND, false, ["verify"]);
    const payload = unbase64(envelope.payload);
    const holds = await crypto.subtle.verify(KIND, key, unbase64(envelope.signature), joined("loa/board/v1\n", payload));
    if (!holds) return { reason: "bad_signature" };
    manifest = JSON.parse(new TextDecoder().decode(payload)) as Manifest;
  } catch {
    return { reason: "malformed" };
  }
  if (!Array.isArray(manifest.notices) || !Number.isInteger(manifest.version)) return { reason: "malformed" };
  if (manifest.board !== board) return { reason: "wrong_area" };
  if (manifest.version < last) return { reason: "replayed" };
  if (!(Date.parse(manifest.valid_until) > now)) return { reason: "expired" };
  if (!(Date.parse(manifest.issued_at) <= now + AHEAD_MS)) return { reason: "too_early" };
  return { manifest };
}

/** The header that shows who asks. */
export async function authorization(keys: CryptoKeyPair, board: number, [method, path]: [string, string], body: string, now: number): Promise<string> {
  const at = Math.round(now);
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  const text = ["loa/request/v1", method, path, at, nonce, await hash(bytes(body))].join("\n");
  const signature = base64(await crypto.subtle.sign(KIND, keys.privateKey, bytes(text)));
  return `Loa ${board}.${at}.${nonce}.${signature}`;
}

function joined(label: string, payload: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const start = bytes(label);
  const all = new Uint8Array(start.length + payload.length);
  all.set(start);
  all.set(payload, start.length);
  return all;
}
