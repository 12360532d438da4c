// What of the library the figures draw with; loaded when the first of them comes into sight.
import { BarChart, CustomChart, GraphChart, LineChart, PieChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, CustomChart, GraphChart, LineChart, PieChart, ScatterChart, GridComponent, TooltipComponent, CanvasRenderer])

export { init }
