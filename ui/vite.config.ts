import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  // The address that `tauri dev` expects.
  // The word catalogue lies beside this folder.
  server: { port: 1420, strictPort: true, fs: { allow: ['.', '../words'] } },
  build: {
    outDir: 'dist',
    // The oldest web views that the application meets: WebKitGTK 2.40, WebView2 110, macOS 13.
    target: ['safari16', 'chrome110'],
    // The polyfill would fetch modules by script; every web view above knows `modulepreload`.
    modulePreload: { polyfill: false },
    // The content policy allows no `data:` but for pictures.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    restoreMocks: true,
  },
});
