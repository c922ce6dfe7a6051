/**
 * Keeps the screen on until the returned function is called, where the web view can. A lock ends when the page is hidden
 * for a moment, and is then asked for again.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let ended = false;
  const ask = async (): Promise<void> => {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const given = await navigator.wakeLock.request('screen');
      if (ended) await given.release();
      else lock = given;
    } catch {
      // The system's own settings then decide, for example on a battery.
    }
  };
  const onvisible = (): void => void ask();
  document.addEventListener('visibilitychange', onvisible);
  void ask();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', onvisible);
    void lock?.release().catch(() => undefined);
  };
}
