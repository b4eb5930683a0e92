// A committed dashboard in the words of Grafana's own types. What Grafana fills in itself may be left out; a key or a
// value that it does not know is an error.
import type * as common from '@grafana/schema';
import type * as barchart from '@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type * as piechart from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as statetimeline from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as text from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type * as trend from '@grafana/schema/dist/esm/raw/composable/trend/panelcfg/x/TrendPanelCfg_types.gen';
import type * as xychart from '@grafana/schema/dist/esm/raw/composable/xychart/panelcfg/x/XYChartPanelCfg_types.gen';
import type { Dashboard, FieldConfig } from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';

/** A type as JSON has it: enums are their values, and what has a default may be missing. */
export type Json<T> = unknown extends T
  ? T
  : T extends string
    ? string extends T
      ? string
      : `${T}`
    : T extends number
      ? number
      : T extends boolean | null | undefined
        ? T
        : T extends ReadonlyArray<infer Item>
          ? Json<Item>[]
          : { [Key in keyof T]?: Json<T[Key]> };

/** The types know the annotations of Grafana itself only, not those that a data source is asked for. */
export type Board = Omit<Json<Dashboard>, 'annotations'> & { annotations?: unknown };

type Field<Custom> = Omit<Json<FieldConfig>, 'custom'> & { custom?: Json<Custom> };

interface Kind<Options, Custom> {
  options: Json<Options>;
  defaults: Field<Custom>;
  overrides: Field<Custom>[];
}

/** Options and field settings of a panel, by its type. */
export interface Kinds {
  barchart: Kind<barchart.Options, barchart.FieldConfig>;
  piechart: Kind<piechart.Options, piechart.FieldConfig>;
  stat: Kind<stat.Options, object>;
  'state-timeline': Kind<statetimeline.Options, statetimeline.FieldConfig>;
  table: Kind<table.Options, table.FieldConfig>;
  text: Kind<text.Options, object>;
  timeseries: Kind<timeseries.Options, common.GraphFieldConfig>;
  trend: Kind<trend.Options, common.GraphFieldConfig>;
  xychart: Kind<xychart.Options, xychart.FieldConfig>;
}
