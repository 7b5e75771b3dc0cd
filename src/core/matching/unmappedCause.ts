/**
 * Why a span has no line, without names in it: what the mapping report groups by, and knows what to do about.
 *
 * - `framework`: NestJS, Express, GraphQL or Node.js itself; no line of the workspace is meant.
 * - `proxy`: a service without code here.
 * - `notFound`: a request that got a 404, and no route fits it.
 * - `otherLanguage`: the index doesn't read its language.
 * - `unknownFolder`: which folder its service runs is not known.
 * - `noHandler`: it names a class and method that were not found in the workspace.
 * - `undeclaredRoute`: no handler of its service has this route or path.
 * - `unnamedRequest`: a request without route and path.
 * - `unnamedMessage`: a consumer's span without its topic or queue.
 * - `noListener`: no handler listens to its topic or queue.
 * - `noPrismaCall`: the workspace has no call of this model and operation.
 * - `callNotAbove`: Prisma's own work, without the span of the call it belongs to.
 * - `otherDatabase`: a database call that Prisma didn't make.
 * - `outgoing`, `sending`: a request or message that leaves the service, and nothing says from where.
 * - `fileElsewhere`: it names a file that the workspace doesn't have.
 * - `namesNoCode`: nothing in it says which code made it.
 */
export type UnmappedCause =
  | 'framework'
  | 'proxy'
  | 'notFound'
  | 'otherLanguage'
  | 'unknownFolder'
  | 'noHandler'
  | 'undeclaredRoute'
  | 'unnamedRequest'
  | 'unnamedMessage'
  | 'noListener'
  | 'noPrismaCall'
  | 'callNotAbove'
  | 'otherDatabase'
  | 'outgoing'
  | 'sending'
  | 'fileElsewhere'
  | 'namesNoCode';
