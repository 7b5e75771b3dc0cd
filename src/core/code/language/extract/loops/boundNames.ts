import * as ts from '../compiler.ts';

/** The names that a declaration makes: `a` and `b` of `const { a, c: [b] } = …`. */
export function boundNames(name: ts.BindingName): readonly string[] {
  const names: string[] = [];
  const waiting: ts.BindingName[] = [name];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (ts.isIdentifier(next)) names.push(next.text);
    else
      for (const element of next.elements)
        if (ts.isBindingElement(element)) waiting.push(element.name);
  }
  return names;
}
