/** A function that works its answer out once for each object, and remembers it as long as the object is there. */
export function onceEach<Of extends object, Answer>(work: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { readonly answer: Answer }>();
  return (of) => {
    let found = known.get(of);
    if (!found) known.set(of, (found = { answer: work(of) }));
    return found.answer;
  };
}
