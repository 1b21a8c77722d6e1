namespace Diten.Model.Space;

/// <summary>A topology, and what its making came to: for users and for the run's summary.</summary>
/// <param name="Topology">The stations, servers and area.</param>
/// <param name="Sites">What was read from the file of sites; null where the stations are made by a rule.</param>
public sealed record TopologyReport(Topology Topology, SitesReport? Sites)
{
    /// <summary>Number of base stations.</summary>
    public int Stations => Topology.StationCount;

    /// <summary>Number of edge servers.</summary>
    public int Servers => Topology.ServerCount;

    /// <summary>Stations per square metre of the area.</summary>
    public double DensityPerSquareMetre => Stations / Topology.Area.SquareMetres;
}
