import { defineConfig } from "vite";
import { catalogue, cataloguePages } from "./catalogue/pages.mjs";
import { fonts } from "./tools/fonts.mjs";

// `vite build` makes what the binary embeds. `--mode catalogue` builds the catalogue's pages beside it,
// with the same rules, so that what is looked at is what is shipped.
export default defineConfig(({ mode }) => {
  const forCatalogue = mode === "catalogue";
  return {
    // Relative addresses: the server may hang dist/ under any path.
    base: "./",
    plugins: forCatalogue ? [fonts(), catalogue()] : [fonts()],
    build: {
      outDir: forCatalogue ? "node_modules/.catalogue" : "dist",
      emptyOutDir: true,
      manifest: "manifest.json",
      assetsDir: "",
      // No data: addresses, which the content security policy refuses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: "es2022",
      rolldownOptions: {
        input: forCatalogue ? cataloguePages : { app: "src/app.ts", portal: "src/portal.ts", station: "src/station.ts", timetable: "src/timetable.ts", board: "src/board.ts", keeper: "src/worker/keeper.ts" },
      },
    },
  };
});
