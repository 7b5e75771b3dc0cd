/** Px of one event that count at most: some wheels report a whole page. */
const longestTurn = 50;

/** What the time on screen is multiplied by: little by little with a trackpad, by a third with a notch of a wheel. */
export const wheelFactor = ({ deltaY }: WheelEvent): number =>
  Math.exp(Math.max(-longestTurn, Math.min(longestTurn, deltaY)) / 150);

/** The share of the time on screen that a turn with Shift, or sideways, moves by; 0 where it is up or down. */
export function wheelShare({ shiftKey, deltaX, deltaY }: WheelEvent): number {
  const sideways = shiftKey ? deltaX + deltaY : deltaX;
  return Math.abs(sideways) < Math.abs(shiftKey ? 0 : deltaY) ? 0 : sideways / 1_000;
}
