// Files into a ZIP archive (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4), deflated.
import { crc32, deflateRawSync } from "node:zlib";

const VERSION = 20;
const DEFLATED = 8;
const UTF8_NAMES = 0x800;
const FIRST_OF_JANUARY_1980 = 0x21;

/** Files by their names, as the bytes of an archive. */
export function packed(files) {
  const [bodies, entries] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [plain, path] = [Buffer.from(text), Buffer.from(name)];
    const bytes = deflateRawSync(plain);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(FIRST_OF_JANUARY_1980, 8);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(path.length, 22);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), common, path, bytes);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(Buffer.from("PK\x01\x02", "latin1"), Buffer.from([VERSION, 0]), common, rest, path);
    offset += 4 + common.length + path.length + bytes.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, directory, Buffer.from("PK\x05\x06", "latin1"), end]);
}
