/** Requests inside one another that are looked at, each whole: more are no people's services, and take the square of the trace. */
export const mostNested = 20;
