// say_vs_sea_g2p: characters a second on one core, from text to the words a reader would say.
// sound_vs_ffmpeg, sound_vs_ffmpeg_short: seconds of sound a second, from text to MP3, of a bulletin and of a notice.
// sound_lufs_off, sound_true_peak: how far the loudness of ours is from -16 LUFS, and its peak, as ffmpeg measures.
import { sayVsSeaG2p } from "./speech/say.mjs";
import { soundVsFfmpeg } from "./speech/sound.mjs";

await sayVsSeaG2p();
await soundVsFfmpeg();
