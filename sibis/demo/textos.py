"""Numerales inventados, escritos enteros, para enseñar cómo se lee un documento de reglas."""

from __future__ import annotations

# Clave del apartado → texto. {que}, {quien}, {dias} y {dependencia} los pone cada programa.
PROGRAMA = {
    "rop-1-3": "Ejecuta la Dirección de Programas Sociales; supervisa la Subsecretaría del ramo.",
    "rop-2": "El programa contribuye a lo que el Programa de Gobierno dice sobre el derecho a {que}.",
    "rop-5": "La población potencial es quien tiene el problema; la objetivo, quien cumple los "
    "requisitos; la beneficiaria, quien recibe el apoyo este año.",
    "rop-6": "La meta se cuenta por persona, una vez, aunque reciba varias entregas.",
    "rop-7": "El presupuesto se ejerce por trimestre. Los gastos de operación no pasan de cinco por "
    "ciento.",
    "rop-11": "La queja se presenta en la dependencia o en su Órgano Interno de Control, por escrito, "
    "por teléfono o de palabra, y se responde en quince días hábiles.",
    "rop-3-1": "El programa nació de las asambleas vecinales de {anio_uno}. Desde entonces ha cambiado "
    "dos veces: primero amplió el horario y después sumó el acompañamiento.\n\n"
    "La evaluación interna del año pasado pidió acortar el trámite y publicar las fechas de entrega.",
    "rop-3-2": "{quien} tienen menos oportunidades que el resto de la población para {que}. Las causas "
    "principales son el costo, la distancia y la falta de información.",
    "rop-3-3": "El derecho que se protege no se ejerce por igual en toda la Ciudad. Un apoyo público "
    "reduce esa diferencia a menor costo que atender después sus consecuencias.",
    "rop-4-2": "1. Entregar los apoyos en las fechas publicadas.\n2. Acompañar a cada persona durante "
    "el ejercicio.\n3. Medir si la situación de quienes participan mejora.",
    "rop-8-1": "La convocatoria se publica en la Gaceta Oficial, en este portal y en las oficinas de "
    "{dependencia}. También se anuncia por teléfono y en lengua de señas.",
    "rop-8-3": "La solicitud se registra en línea o en el módulo, con el documento en la mano o sin él: "
    "quien no tenga alguno recibe la lista de cómo conseguirlo. Se entrega un folio. La respuesta se "
    "da en {dias} días hábiles.",
    "rop-8-4": "Se permanece mientras se cumplan los requisitos. La baja se avisa por escrito, con su "
    "motivo, y se puede pedir que se revise en diez días hábiles. La suspensión dura lo que dure su causa.",
    "rop-9": "Si hay más solicitudes que lugares, entran primero quienes viven en colonias de menor "
    "índice de desarrollo social; después, por orden de llegada. La lista se publica.",
    "rop-10-1": "Cada mes se cotejan los requisitos, se prepara la entrega y se publica su fecha. Todos "
    "los trámites y formatos son gratuitos.",
    "rop-10-2": "La dependencia revisa cada trimestre una muestra de expedientes y publica lo que halló.",
    "rop-12": "Los requisitos y plazos están a la vista en los módulos y en este portal. Quien los cumpla "
    "y no reciba el apoyo puede exigirlo ante la dependencia.",
    "rop-13-1": "La evaluación interna se publica a más tardar el 30 de junio del año siguiente.",
    "rop-13-2": "Se miden la cobertura, la puntualidad de las entregas y la satisfacción de quienes "
    "participan, con su línea base y su meta.",
    "rop-14": "Un comité vecinal opina sobre las fechas y los lugares de entrega y acompaña la "
    "evaluación.",
    "rop-15": "El programa comparte su calendario con los demás de la dependencia para no citar dos "
    "veces a la misma persona.",
    "rop-16": "La Contraloría y el Congreso pueden revisar el gasto y los expedientes en cualquier "
    "momento.",
    "rop-17": "Cada trimestre se informa al Congreso el avance de metas y del gasto, por alcaldía y "
    "colonia.",
    "rop-18": "El padrón se publica en la primera quincena de marzo del año siguiente, con los datos "
    "que la ley permite.",
}
ACCION = {
    "accion-4": "Cada invierno hay noches por debajo de cinco grados en las zonas altas. {quien} son "
    "quienes más lo resienten.",
    "accion-11": "Entran primero las personas mayores, quienes tienen una discapacidad y las familias "
    "con niñas o niños menores de cinco años.",
    "accion-12": "Las brigadas recorren las colonias de lunes a sábado. Cada entrega se registra con un "
    "folio y se revisa una muestra cada semana.",
    "accion-13": "Se anuncia en este portal, en las oficinas de {dependencia} y de casa en casa.",
    "accion-15": "La lista de entregas se publica sin datos de contacto, y la acción se evalúa al "
    "terminar.",
}
EL_ANIO_ANTES = (
    ("menor índice de desarrollo social; después, por orden de llegada", "mayor rezago; después, por "
     "sorteo"),
    ("en línea o en el módulo", "en el módulo"),
    (" También se anuncia por teléfono y en lengua de señas.", ""),
)  # fmt: skip
