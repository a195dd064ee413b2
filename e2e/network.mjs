// A network of the test's own: a namespace for the loudspeakers, and a cable to it that can be pulled.
import { spawnSync } from "node:child_process";

export class Network {
  /** Lays it, or says with `null` that this machine lets nobody do so. */
  static lay() {
    const net = new Network();
    net.name = `loa${process.pid}`;
    net.cable = `loa${process.pid % 100000}a`;
    const other = `loa${process.pid % 100000}b`;
    // 198.18.0.0/15 is set aside for tests of networks (RFC 2544).
    [net.here, net.there] = ["198.18.77.1", "198.18.77.2"];
    const steps = [
      ["netns", "add", net.name],
      ["link", "add", net.cable, "type", "veth", "peer", "name", other, "netns", net.name],
      ["addr", "add", `${net.here}/30`, "dev", net.cable],
      ["link", "set", net.cable, "up"],
      ["-n", net.name, "addr", "add", `${net.there}/30`, "dev", other],
      ["-n", net.name, "link", "set", other, "up"],
      ["-n", net.name, "link", "set", "lo", "up"],
    ];
    for (const step of steps) {
      if (spawnSync("ip", step).status !== 0) {
        net.end();
        return null;
      }
    }
    return net;
  }

  /** A command that is run at the other end of the cable. */
  behind(command) {
    return ["ip", ["netns", "exec", this.name, ...command]];
  }

  pull() {
    this.set("down");
  }

  plug() {
    this.set("up");
  }

  set(state) {
    const done = spawnSync("ip", ["link", "set", this.cable, state], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`ip link set ${state}: ${done.stderr}`);
  }

  end() {
    spawnSync("ip", ["link", "del", this.cable]);
    spawnSync("ip", ["netns", "del", this.name]);
  }
}
