import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignInGuard } from './sign-in-limit.ts';

const LIMITS = { perAccount: 1_000, perAddress: 3, windowSeconds: 60 };

async function refusedOf(addresses: readonly string[]): Promise<number> {
  const guard = createSignInGuard('secret', LIMITS);
  let refused = 0;
  for (const [n, address] of addresses.entries()) {
    await guard.enter({ login: `user${n}`, address }).catch(() => refused++);
  }
  return refused;
}

test('the addresses of one IPv6 network count as one, however they are written', async () => {
  const own = [
    '2001:db8:1:2::1',
    '2001:db8:1:2:ffff::9',
    '2001:0DB8:0001:0002:0:0:0:3',
    '2001:db8:1:2:a:b:c:d',
  ];
  assert.equal(await refusedOf(own), 1);
  assert.equal(
    await refusedOf(['::1', '::2', '0:0:0:0:1::', 'fe80::1%eth0', '2001:db8::', '2001:db8:0:1::']),
    0,
  );
});

test('an IPv4 address is one whether written as IPv6 or not, and its neighbour is another', async () => {
  assert.equal(await refusedOf(['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1', '::FFFF:192.0.2.1']), 1);
  assert.equal(await refusedOf(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']), 0);
});
