namespace Diten.Model.EdgeServers;

/// <summary>All that an edge server remembers between two slots, for a checkpoint.</summary>
/// <param name="Services">Slots served so far, for each device whose service lives here, ascending by device id.</param>
public sealed record EdgeServerSaved(
    int Server, double Background, double CarriedSeconds, IReadOnlyList<ServiceState> Services, int NextSync, bool ResyncDue);
