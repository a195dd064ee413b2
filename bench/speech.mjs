// say_vs_sea_g2p: characters a second on one core, from text to the words a reader would say.
import { sayVsSeaG2p } from "./speech/say.mjs";

sayVsSeaG2p();
