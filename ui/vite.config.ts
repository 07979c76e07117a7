// Build of the four pages, the type-free test set-up and the content security policy.
// Paths stay relative so that the same files serve from a window, a device's loopback address and the server.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const policy = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob: mediastream:",
  "connect-src 'self' ipc: http://ipc.localhost",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** Puts the policy into every built page; the development server needs inline modules and goes without. */
function contentPolicy(): Plugin {
  return {
    name: 'carrot-content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  };
}

const targets = ['chrome123', 'safari17.5', 'firefox121'];

export default defineConfig({
  base: './',
  plugins: [svelte(), contentPolicy()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: targets,
    cssTarget: targets,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['terminal.html', 'phone.html', 'console.html', 'gallery.html'] },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
