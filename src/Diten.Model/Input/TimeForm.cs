namespace Diten.Model.Input;

/// <summary>What stands first in the dates of a file. Year-month-day has one meaning and is read in any case.</summary>
public enum TimeForm
{
    /// <summary>Dates begin with the year; others are not understood.</summary>
    YearFirst,
    /// <summary>25/01/2019, 25.01.2019 and 25-01-2019 are in January.</summary>
    DayFirst,
    /// <summary>01/25/2019 is in January.</summary>
    MonthFirst,
}
