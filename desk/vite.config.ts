import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// One script and one style sheet: the whole page is smaller than what a second request would save.
export default defineConfig({
  plugins: [svelte()],
  base: "/",
  build: {
    target: "es2023",
    cssTarget: "chrome123",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0, // the Content-Security-Policy has no place for data: scripts and fonts
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8757" } },
});
