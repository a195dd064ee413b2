// A broker that is not ours: Mosquitto, with the rights that `loa broker mosquitto` writes.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programs } from "./ordeal.mjs";

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export class Mosquitto {
  static isThere() {
    return !spawnSync("mosquitto", ["-h"], { env }).error;
  }

  constructor(folder, port) {
    this.folder = join(folder, "mosquitto");
    mkdirSync(this.folder);
    const user = process.getuid() === 0 ? "user root\n" : "";
    const [passwords, acl] = ["loa.passwords", "loa.acl"].map((name) => join(this.folder, name));
    writeFileSync(
      join(this.folder, "mosquitto.conf"),
      `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\nacl_file ${acl}\npersistence false\n${user}`,
    );
  }

  /** Writes who may do what, as it is now, and has a running broker read it. */
  allow(world) {
    const done = spawnSync(join(programs, "loa"), ["--data", world.data, "broker", "mosquitto", "--out", this.folder], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`loa broker mosquitto: ${done.stderr}`);
    this.child?.kill("SIGHUP");
  }

  start() {
    this.child = spawn("mosquitto", ["-c", join(this.folder, "mosquitto.conf")], { env, stdio: "ignore" });
  }

  /** The power goes. */
  async kill() {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
}
