import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  // The address that `tauri dev` expects. The word catalogue is beside this folder.
  server: { port: 1420, strictPort: true, fs: { allow: ['.', '../words'] } },
  build: {
    outDir: 'dist',
    // The oldest supported web views: WebKitGTK 2.40, WebView2 110, macOS 13.
    target: ['safari16', 'chrome110'],
    // The polyfill would fetch modules by script; every web view above supports `modulepreload`.
    modulePreload: { polyfill: false },
    // The content policy allows `data:` for pictures only.
    assetsInlineLimit: 0,
    // The staff window, and the reception display, which loads nothing of it.
    rolldownOptions: { input: ['index.html', 'display.html'] },
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    restoreMocks: true,
  },
});
