const SECOND = 1_000;

/** Milliseconds as a clock shows them: `0:07`, `12:30`, `1:02:03`. What is below zero is zero. */
export function clockDuration(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND));
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Time left, rounded up: a countdown shows `0:01` until it is over. */
export function countdown(ms: number): string {
  return clockDuration(Math.ceil(Math.max(0, ms) / SECOND) * SECOND);
}
