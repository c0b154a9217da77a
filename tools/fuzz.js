/** Feeds damaged files to the readers: npm run fuzz -- --help. The decoder that runs in a thread is made anew before. */
import './typescript.js';
import makeDecoder from './test-decoder.js';

await makeDecoder();
await import('../test/fuzz/main.ts');
