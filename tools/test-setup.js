import fc from 'fast-check';

/** Property tests draw the same cases in every run: a failure is a change, never luck. FC_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20260101) });
