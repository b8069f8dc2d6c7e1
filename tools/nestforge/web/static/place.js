/** Where a value is asked for: ROS offers other functions in each. */
export const RESOURCES = "Resources and Outputs";
export const CONDITIONS = "Conditions";
export const RULES = "Rules";
export const COUNT = "Count";
export const LOCALS = "Locals of type Eval";
