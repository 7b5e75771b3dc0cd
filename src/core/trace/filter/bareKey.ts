/** An attribute's key as it stands in a filter without quotes, in any script; `*` is any text. For expressions with `u`. */
export const bareKey = String.raw`[\p{L}_*][\p{L}\p{M}\p{N}_.\-/*]*`;
