import { describe, expect, it } from 'vitest';

import { colourOf, contrastRatio, measure, mixed, ratioText } from '../src/lib/contrast';

const FAMILY: Record<string, string> = {
  text_color: '#1a202c',
  background_color: '#f7f9fc',
  button_color: '#004faf',
  button_text_color: '#ffffff',
  button_hover_color: '#3498db',
  link_color: '#004faf',
  link_hover_color: '#3498db',
  border_color: '#e5e7eb',
};

describe('the contrast ratio', () => {
  it('has the values that are known from elsewhere', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 10);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.542, 3);
    expect(contrastRatio('#ff0000', '#ffffff')).toBeCloseTo(3.998, 3);
    expect(contrastRatio('#0000ff', '#ffffff')).toBeCloseTo(8.592, 3);
    expect(contrastRatio('#00ff00', '#ffffff')).toBeCloseTo(1.372, 3);
    expect(contrastRatio('#949494', '#ffffff')).toBeCloseTo(3.033, 3);
  });

  it('is 1 for a colour on itself, and the same whichever of the two is in front', () => {
    expect(contrastRatio('#3498db', '#3498DB')).toBe(1);
    expect(contrastRatio('#1a202c', '#f7f9fc')).toBe(contrastRatio('#f7f9fc', '#1a202c'));
  });

  it('is not known for what is no colour of the server', () => {
    expect(contrastRatio('#fff', '#000000')).toBeNull();
    expect(contrastRatio('', '#000000')).toBeNull();
    expect(colourOf('rgb(1,2,3)')).toBeNull();
    expect(colourOf(' #0A0b0C ')).toBe('#0A0b0C');
  });

  it('is cut and never rounded up to the mark', () => {
    expect(ratioText(4.4999)).toBe('4.49:1');
    expect(ratioText(21)).toBe('21.00:1');
  });
});

describe('the pairs of the hotel’s page', () => {
  const faults = (colours: Record<string, string>) =>
    measure((name) => colours[name] ?? '')
      .filter((pair) => !pair.enough)
      .map((pair) => `${pair.front} on ${pair.back}`);

  it('are judged by the mark for text, and the border by the one for lines', () => {
    expect(faults(FAMILY)).toEqual([
      'button_text_color on button_hover_color',
      'link_hover_color on background_color',
      'border_color on background_color',
    ]);
    expect(faults({ ...FAMILY, button_hover_color: '#003f8c', link_hover_color: '#003f8c', border_color: '#868f9f' })).toEqual([]);
  });

  it('are left out while one of their colours is still being typed', () => {
    expect(measure((name) => (name === 'background_color' ? '#f7f' : (FAMILY[name] ?? ''))).map((pair) => pair.front)).toEqual([
      'button_text_color',
      'button_text_color',
    ]);
  });
});

describe('a colour between two', () => {
  it('lies on the straight way from one to the other', () => {
    expect(mixed('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(mixed('#102030', '#ffffff', 0)).toBe('#102030');
    expect(mixed('#10', '#ffffff', 0.5)).toBe('#10');
  });
});
