/** What ties an input to its label, its hint and what is said about it. */
export interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}
