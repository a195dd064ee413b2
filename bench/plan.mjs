// plan_ms: `loa plan read` of the real plan, process included.
// plan_growth: time per byte of a made-up plan of 10 MB over one of 1 MB; 1 is linear.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { figure, inScratch, loa, median, progress } from "./measure.mjs";

const HEAD = `Số: 12/KH-UBND

Hà Nam, ngày 05 tháng 02 năm 2024

**KẾ HOẠCH**
**Thông tin, tuyên truyền về cải cách hành chính giai đoạn 2021 - 2030**

Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ, Sở ban hành Kế hoạch như sau:

`;

progress("the real plan, 21 times");
figure("plan", "plan_ms", median(times("examples/ha-nam/plan.md", 21)), "ms");

await inScratch((folder) => {
  const perByte = [1, 10].map((megabytes) => {
    const file = join(folder, `plan-${megabytes}.md`);
    const text = synthetic(megabytes * 1e6);
    writeFileSync(file, text);
    progress(`a plan of ${megabytes} MB, five times`);
    return median(times(file, 5)) / Buffer.byteLength(text);
  });
  figure("plan", "plan_growth", perByte[1] / perByte[0], "ratio");
});

function times(file, rounds) {
  return Array.from({ length: rounds }, () => {
    const began = performance.now();
    const run = spawnSync(loa, ["plan", "read", file, "--json"], { maxBuffer: 1 << 30 });
    const ms = performance.now() - began;
    if (run.status !== 0) throw new Error(`loa plan read ${file}: ${run.stderr}`);
    return ms;
  });
}

/** A plan whose parts have ten sections of twenty bullets each, until it has so many bytes. */
function synthetic(bytes) {
  const blocks = [HEAD];
  let size = Buffer.byteLength(HEAD);
  for (let part = 1; size < bytes; part += 1) {
    let block = `## **${roman(part)}. NỘI DUNG PHẦN ${part}**\n\n`;
    for (let section = 1; section <= 10; section += 1) {
      block += `### **${section}. Nhiệm vụ ${part}.${section}**\n\n`;
      for (let bullet = 1; bullet <= 20; bullet += 1) {
        block += `- Sở Nội vụ chủ trì tuyên truyền kết quả thực hiện cơ chế một cửa theo Quyết định số ${part}${section}/QĐ-UBND ngày ${bullet}/3/2022, báo cáo định kỳ hằng năm.\n\n`;
      }
    }
    blocks.push(block);
    size += Buffer.byteLength(block);
  }
  return blocks.join("");
}

function roman(number) {
  const signs = [[1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
  return signs.reduce(
    ({ text, left }, [value, sign]) => ({ text: text + sign.repeat(Math.floor(left / value)), left: left % value }),
    { text: "", left: number },
  ).text;
}
