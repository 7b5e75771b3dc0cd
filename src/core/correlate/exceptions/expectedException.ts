/** NestJS's exceptions for what a client did wrong. */
const ofClients = new Set([
  'BadRequestException',
  'ConflictException',
  'ForbiddenException',
  'GoneException',
  'ImATeapotException',
  'MethodNotAllowedException',
  'MisdirectedException',
  'NotAcceptableException',
  'NotFoundException',
  'PayloadTooLargeException',
  'PreconditionFailedException',
  'RequestTimeoutException',
  'ThrottlerException',
  'UnauthorizedException',
  'UnprocessableEntityException',
  'UnsupportedMediaTypeException',
]);

/**
 * Whether an exception is how the code answers a client's mistake: its request was answered with 4xx, or, where it
 * wasn't answered with 5xx, the exception stands for 4xx.
 * @param status that the request was answered with; 0: not known
 */
export function isExpectedException(type: string, status: number): boolean {
  if (status >= 400 && status < 500) return true;
  return status < 500 && ofClients.has(type);
}
