/** All that nest.ts takes of a package that only applications have. */
declare module '@nestjs/core' {
  export const ModulesContainer: abstract new () => object;
}
