/**
 * Hides the middle of a telephone number: `+8613812345678` → `138****5678`. The country code of a Chinese mobile
 * number and any extension are dropped; at least four digits are always hidden; text without digits gives `undefined`.
 */
export function maskNumber(number: string): string | undefined {
  const [main = ''] = number.normalize('NFKC').split(/[x#;,转分]|ext/i);
  const digits = main.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  if (!digits) return undefined;
  const tail = digits.length >= 8 ? 4 : Math.max(0, Math.min(2, digits.length - 4));
  const head = Math.max(0, Math.min(3, digits.length - tail - 4));
  return digits.slice(0, head) + '*'.repeat(4) + digits.slice(digits.length - tail);
}
