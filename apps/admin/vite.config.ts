import { constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';

/** Where the API is that a page in development talks to. */
const API_URL = process.env['DEFRAG_API_URL'] ?? 'http://127.0.0.1:8787';

// The Host header stays the one that the browser sent: the API compares it with the origin of a request.
const proxied = { target: API_URL, changeOrigin: false };

// The highest quality takes half a minute for CanvasKit, and saves a tenth of it.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

export default defineConfig({
  base: '/admin/',
  plugins: [
    react(),
    // The API sends these files to browsers that take them, and compresses nothing by itself.
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
    // How much a first visit loads is held by a test.
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
  },
});
