import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use as registerParts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/use-format.ts';
import { useSchemeChoice } from '../../shell/scheme-context.ts';
import { PALETTES, SIZES } from '../../theme/tokens.ts';
import type { LiveSample } from './live-history.ts';

registerParts([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

const SERIES = ['connected', 'ringing', 'available', 'waiting'] as const;
const SHOWN_MS = 3 * 60_000;
/** A page just opened spreads what it has seen over so much. */
const LEAST_MS = 60_000;

/** Calls and free agents of the last minutes. */
export function LiveChart({ history }: { history: readonly LiveSample[] }) {
  const { t } = useTranslation();
  const box = useChart(history);
  return (
    <section className="panel chart" aria-label={t('live.lastMinutes')}>
      <header>
        <h2>{t('live.lastMinutes')}</h2>
        <span className="rest" />
        <ul className="agent-legend">
          {SERIES.map((name) => (
            <li key={name}>
              <i className={`fill-${name === 'waiting' ? 'bad' : name}`} aria-hidden="true" />
              {t(`live.series.${name}`)}
            </li>
          ))}
        </ul>
      </header>
      <div ref={box} className="chart-box" role="img" aria-label={t('live.lastMinutes')} />
      {history.length < 2 && <p className="chart-empty">{t('live.chartEmpty')}</p>}
    </section>
  );
}

function useChart(history: readonly LiveSample[]) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const { scheme } = useSchemeChoice();
  const { time } = useFormat();
  const { t } = useTranslation();
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current);
    chart.current = made;
    const resize = new ResizeObserver(() => made.resize());
    resize.observe(box.current);
    return () => {
      resize.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    const colours = PALETTES[scheme];
    const end = history.at(-1)?.at ?? 0;
    const begin = history[0]?.at ?? 0;
    const label = { color: colours.textFaint, fontFamily: SIZES.font, fontSize: 11 };
    chart.current?.setOption({
      animation: false,
      grid: { left: 34, right: 12, top: 12, bottom: 24 },
      tooltip: {
        trigger: 'axis',
        backgroundColor: colours.surface,
        borderColor: colours.line,
        textStyle: { color: colours.text, fontFamily: SIZES.font, fontSize: 12 },
      },
      xAxis: {
        type: 'time',
        min: end - Math.min(SHOWN_MS, Math.max(LEAST_MS, end - begin)),
        max: end,
        axisLabel: { ...label, formatter: (at: number) => time(at), hideOverlap: true, showMinLabel: false },
        axisLine: { lineStyle: { color: colours.line } },
        axisTick: { show: false },
        minInterval: 60_000,
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        min: 0,
        splitNumber: 3,
        axisLabel: label,
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: SERIES.map((name) => ({
        name: t(`live.series.${name}`),
        type: 'line',
        showSymbol: false,
        step: 'end',
        lineStyle: { width: name === 'connected' ? 2 : 1.25 },
        ...(name === 'connected' && { areaStyle: { opacity: 0.12 } }),
        color: name === 'waiting' ? colours.bad : colours[name],
        data: history.map((sample) => [sample.at, sample[name]]),
      })),
    });
  }, [history, scheme, time, t]);
  return box;
}
