// Short sounds, made from a few tones: no file is loaded for them.

export type Sound = 'colleague' | 'guest';

interface Tone {
  /** Hertz. */
  pitch: number;
  /** Seconds after the beginning. */
  at: number;
  /** Seconds until it has faded. */
  length: number;
}

/** A colleague is one soft tone; a guest, who waits for an answer, three rising ones. */
const SOUNDS: Record<Sound, { volume: number; tones: Tone[] }> = {
  colleague: { volume: 0.08, tones: [{ pitch: 523.25, at: 0, length: 0.35 }] },
  guest: {
    volume: 0.16,
    tones: [
      { pitch: 659.25, at: 0, length: 0.25 },
      { pitch: 783.99, at: 0.14, length: 0.25 },
      { pitch: 1046.5, at: 0.28, length: 0.5 },
    ],
  },
};

/** So many milliseconds the system may take to open its sound device. A later sound would surprise. */
const PATIENCE = 500;

/** Seconds in which a tone swells; without that it would click. */
const SWELL = 0.015;

/** Plays a sound. False when the system lets nothing be heard; that is never an error. */
export async function play(sound: Sound): Promise<boolean> {
  let audio: AudioContext | undefined;
  try {
    audio = new AudioContext();
    if (!(await runs(audio))) {
      await audio.close();
      return false;
    }
    sing(audio, sound);
    return true;
  } catch {
    // No device, or none for us.
    void audio?.close().catch(() => undefined);
    return false;
  }
}

async function runs(audio: AudioContext): Promise<boolean> {
  // Where no sound is allowed, the promise of some web views stays open for good.
  const late = new Promise<void>((done) => setTimeout(done, PATIENCE));
  await Promise.race([audio.resume(), late]);
  return audio.state === 'running';
}

/** Each sound has a context of its own, which ends with it: an open one keeps the sound device busy. */
function sing(audio: AudioContext, sound: Sound): void {
  const { volume, tones } = SOUNDS[sound];
  const begin = audio.currentTime + 0.02;
  let last: OscillatorNode | undefined;
  for (const { pitch, at, length } of tones) {
    const tone = new OscillatorNode(audio, { type: 'sine', frequency: pitch });
    const loud = new GainNode(audio, { gain: 0 });
    loud.gain.setValueAtTime(0, begin + at);
    loud.gain.linearRampToValueAtTime(volume, begin + at + SWELL);
    loud.gain.exponentialRampToValueAtTime(0.0001, begin + at + length);
    tone.connect(loud).connect(audio.destination);
    tone.start(begin + at);
    tone.stop(begin + at + length);
    last = tone;
  }
  last?.addEventListener('ended', () => void audio.close().catch(() => undefined));
}
