import CaseFile
import Foundation
import Ledger

/// The partner organisations of the region, invented like everything else in it.
enum Provider: String, CaseIterable, Sendable {
    case adultEducation, trainingWorkshop, chamber, employers, youthCentre, familySupport, adviceCentre
    case neighbourhoodHouse, cultureHouse, sportsClub, urbanGreen, university, districtOffice, energyAgency

    /// Name, sector and services.
    var profile: (name: String, sector: Sector, services: [String]) {
        switch self {
        case .adultEducation: ("Volkshochschule Musterstadt (Demo)", .administration, ["german-courses", "literacy"])
        case .trainingWorkshop:
            ("Lernwerk Muster gGmbH (Demo)", .thirdSector, ["activation", "coaching", "partial-qualification"])
        case .chamber: ("Kammer für Handwerk und Handel Musterstadt (Demo)", .business, ["retraining", "exams"])
        case .employers:
            ("Unternehmensnetz Musterquartier e. V. (Demo)", .business, ["internships", "in-company-training"])
        case .youthCentre: ("Jugendhaus Beispiel (Demo)", .thirdSector, ["youth-workshop", "transition-support"])
        case .familySupport: ("Familienhilfe Muster e. V. (Demo)", .thirdSector, ["family-support", "youth-housing"])
        case .adviceCentre: ("Beratungsstelle Am Probeplatz (Demo)", .thirdSector, ["debt-advice", "housing-advice"])
        case .neighbourhoodHouse:
            ("Nachbarschaftshaus Beispiel (Demo)", .thirdSector, ["mutual-support", "civic-forum"])
        case .cultureHouse: ("Kulturwerkstatt Probe (Demo)", .culture, ["music", "theatre"])
        case .sportsClub: ("SV Muster 1900 (Demo)", .thirdSector, ["sports"])
        case .urbanGreen: ("Grünwerk Muster gGmbH (Demo)", .business, ["work-opportunities", "landscaping"])
        case .university: ("Hochschule Musterstadt (Demo)", .science, ["product-development", "evaluation"])
        case .districtOffice: ("Quartiersbüro Musterstadt (Demo)", .administration, ["area-management"])
        case .energyAgency: ("Energieagentur Beispiel (Demo)", .business, ["energy-renewal"])
        }
    }

    /// The identifier of the partner's stream.
    var id: UUID { UUID(derivedFrom: DemoRegion.namespace, "partner \(rawValue)") }
}
