/** What Bull calls a job without a name. */
export const unnamedJob = '__default__';

/** The name under which a handler takes every job that no other handler names. */
export const anyJob = '*';
