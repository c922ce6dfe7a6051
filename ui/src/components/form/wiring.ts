/** The attributes that connect an input with its label, its hint and its errors. */
export interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}
