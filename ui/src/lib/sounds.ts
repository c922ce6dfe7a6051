// Short sounds, composed of a few tones without a sound file.

export type Sound = 'colleague' | 'guest';

interface Tone {
  /** The frequency in hertz. */
  pitch: number;
  /** The start, in seconds. */
  at: number;
  /** The time until it has faded, in seconds. */
  length: number;
}

/** One soft tone for a colleague, and three rising ones for a guest, who waits for an answer. */
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

/**
 * The longest time in which the system may open its sound device, in milliseconds. A later sound would be confusing.
 */
const PATIENCE = 500;

/** The time in which a tone swells, in seconds. A shorter time would make a click. */
const SWELL = 0.015;

/** Plays a sound. Returns false if the system plays none, which is never an error. */
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
    // There is no device, or this program may not use it.
    void audio?.close().catch(() => undefined);
    return false;
  }
}

async function runs(audio: AudioContext): Promise<boolean> {
  // If no sound is allowed, the promise stays pending forever in some web views.
  const late = new Promise<void>((done) => setTimeout(done, PATIENCE));
  await Promise.race([audio.resume(), late]);
  return audio.state === 'running';
}

/** Plays a sound in its own context, which ends with it, because an open context keeps the sound device busy. */
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
