/** What waiting ends with when nobody waits for it any more: not a failure. */
export function abortError(): Error {
  const error = new Error('Cancelled.');
  error.name = 'AbortError';
  return error;
}
