import { say } from "../messages";

/** Longest recording: the server takes no longer one. */
const LONGEST_MS = 30 * 60 * 1000;
/** What browsers can write and the server can read, best first. */
const FORMS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/mp4", "m4a"],
] as const;

/**
 * `<form data-record="recorder">` with `<div id="recorder" hidden>`: where the browser can record, the
 * box shows with a clock and a level; stopping puts the recording into the form's file field and sends it,
 * or with `data-keep` leaves it there to be heard and sent with the rest.
 */
export function recorders(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-record]")) {
    const box = document.getElementById(form.dataset["record"] ?? "");
    const file = form.querySelector<HTMLInputElement>("input[type=file]");
    if (box && file && typeof MediaRecorder === "function" && navigator.mediaDevices) {
      box.hidden = false;
      new Recorder(form, box, file);
    }
  }
}

class Recorder {
  readonly #form: HTMLFormElement;
  readonly #file: HTMLInputElement;
  readonly #start: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #clock: HTMLElement;
  readonly #level: HTMLMeterElement;
  readonly #told: HTMLElement;

  constructor(form: HTMLFormElement, box: HTMLElement, file: HTMLInputElement) {
    this.#form = form;
    this.#file = file;
    this.#start = part(box, "[data-start]");
    this.#stop = part(box, "[data-stop]");
    this.#clock = part(box, "[data-clock]");
    this.#level = part(box, "[data-level]");
    this.#told = part(box, "[data-told]");
    this.#start.addEventListener("click", () => void this.#begin());
  }

  async #begin(): Promise<void> {
    let stream: MediaStream;
    try {
      // The microphone as it is, but for noise: levels are the server's business.
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false } });
    } catch {
      this.#told.textContent = say("noMicrophone");
      return;
    }
    const [type, ending] = FORMS.find(([form]) => MediaRecorder.isTypeSupported(form)) ?? ["", "webm"];
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 96_000, ...(type ? { mimeType: type } : {}) });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      void this.#send(new File(parts, `${say("recordingName")}.${ending}`, { type: type.split(";")[0] ?? "" }));
    });
    const watch = this.#watch(stream, () => recorder.stop());
    this.#stop.addEventListener(
      "click",
      () => {
        watch();
        recorder.stop();
      },
      { once: true },
    );
    recorder.start(1000);
    this.#start.hidden = true;
    this.#stop.hidden = false;
    this.#stop.focus();
    this.#told.textContent = say("recording");
  }

  /** Shows time and level until the answer is called, or the longest time is over. */
  #watch(stream: MediaStream, over: () => void): () => void {
    const began = performance.now();
    const context = new AudioContext();
    const meter = context.createAnalyser();
    // Longer than the time between two looks, so that no sound falls between them.
    meter.fftSize = 8192;
    context.createMediaStreamSource(stream).connect(meter);
    const samples = new Float32Array(meter.fftSize);
    const timer = setInterval(() => {
      const passed = performance.now() - began;
      const seconds = Math.floor(passed / 1000);
      this.#clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      meter.getFloatTimeDomainData(samples);
      this.#level.value = Math.min(1, samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
      if (passed > LONGEST_MS) {
        end();
        over();
      }
    }, 100);
    const end = (): void => {
      clearInterval(timer);
      void context.close();
    };
    return end;
  }

  /** Lets it be heard again; it is sent with the form. */
  #offer(recording: File): void {
    const preview = this.#form.querySelector<HTMLAudioElement>("[data-preview]");
    if (preview) {
      preview.src = URL.createObjectURL(recording);
      preview.hidden = false;
    }
    this.#told.textContent = say("recordingKept");
    this.#start.hidden = false;
    this.#clock.textContent = "0:00";
  }

  /** Sends it without leaving the page: on a bad network the recording is still there to be sent again. */
  async #send(recording: File): Promise<void> {
    this.#stop.hidden = true;
    this.#told.textContent = say("recordingSent");
    const chosen = new DataTransfer();
    chosen.items.add(recording);
    this.#file.files = chosen.files;
    this.#file.dispatchEvent(new Event("change"));
    if ("keep" in this.#form.dataset) {
      this.#offer(recording);
      return;
    }
    try {
      const answer = await fetch(this.#form.action, { method: "POST", body: new FormData(this.#form) });
      if (answer.redirected) {
        location.assign(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fault = page.querySelector(".error-summary li, main h1")?.textContent;
      this.#told.textContent = fault?.trim() || say("recordingUnsent");
    } catch {
      this.#told.textContent = say("recordingUnsent");
    }
    this.#start.hidden = false;
    this.#clock.textContent = "0:00";
  }
}

function part<Kind extends HTMLElement>(box: HTMLElement, selector: string): Kind {
  const found = box.querySelector<Kind>(selector);
  if (!found) throw new Error(`a recorder needs ${selector}`);
  return found;
}
