import { constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';

/** URL of the API during development. */
const API_URL = process.env['DEFRAG_API_URL'] ?? 'http://127.0.0.1:8787';

// Keep the browser's Host header: the API compares it with the request's origin.
const proxied = { target: API_URL, changeOrigin: false };

// The highest quality takes 30 s for CanvasKit and saves only 10 % more.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

export default defineConfig({
  base: '/admin/',
  plugins: [
    react(),
    // The API serves these files to browsers that accept them; it does not compress by itself.
    compression({
      algorithms: [defineAlgorithm('gzip', { level: 9 }), defineAlgorithm('brotliCompress', BROTLI)],
      include: /\.(?:js|css|svg|wasm|html)$/,
      logLevel: 'silent',
    }),
  ],
  server: {
    host: '127.0.0.1',
    proxy: { '/trpc': proxied, '/api': proxied, '/videos': proxied },
  },
  build: {
    // test/browser/first-load.test.ts limits what a first visit loads.
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
  },
});
