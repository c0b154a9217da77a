/** Feeds damaged files to the readers: npm run fuzz -- --help. The decoder that runs in a thread is made anew before. */
import './typescript.js';
import makeBundles from './test-bundles.js';

await makeBundles();
await import('../test/fuzz/main.ts');
