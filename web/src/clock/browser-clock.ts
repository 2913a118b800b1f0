/**
 * The page's clock. What the server dates is compared with the server's time, since people's computers are minutes
 * off; the only place of `web/` that reads the machine's clock or sets timers.
 */
export interface BrowserClock {
  /** UTC milliseconds as the server would say. */
  now(): number;
  /** Takes over the server's time from an answer that was just received. */
  sync(serverNow: number): void;
  after(ms: number, action: () => void): () => void;
  every(ms: number, action: () => void): () => void;
}

export function createBrowserClock(): BrowserClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sync(serverNow) {
      ahead = serverNow - Date.now();
    },
    after(ms, action) {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
    every(ms, action) {
      const timer = setInterval(action, ms);
      return () => clearInterval(timer);
    },
  };
}
