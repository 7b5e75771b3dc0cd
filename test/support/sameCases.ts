import fc from 'fast-check';

/** Property tests try the same cases in each run: a change is judged by what it does. See docs/decisions/property-tests.md. */
fc.configureGlobal({ seed: 1 });
